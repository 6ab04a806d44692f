// Every attendee's page without questions: a problem has the focus, and hands that shake tap once.

import { restAfterTaps } from "./modules/taps.js"

restAfterTaps()
document.getElementById("problem")?.focus()
