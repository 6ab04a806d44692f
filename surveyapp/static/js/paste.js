// The page on which questions are pasted.

import "./modules/paste-table.js"
