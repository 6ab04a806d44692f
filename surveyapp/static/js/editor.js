// The pages where questions and actions are written.

import "./modules/list-swap.js"
import "./modules/live-preview.js"
