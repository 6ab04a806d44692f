// The survey's page, in what a phone fetches before the first tap.

import "./modules/saving.js"
import "./modules/steps.js"
