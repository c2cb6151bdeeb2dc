let skeleton = 0
