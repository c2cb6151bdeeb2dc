// The station's settings.

import { listen } from "./live.js";
import { startShell } from "./shell.js";

startShell();
listen();
