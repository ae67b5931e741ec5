"""One module a step; `schema.HEAD` names the newest."""
