import './activities.ts';
import './entities.ts';
import './event-orchestrators.ts';
import './failing-orchestrators.ts';
import './plain-orchestrators.ts';
