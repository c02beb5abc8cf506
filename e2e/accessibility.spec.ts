import { scanEveryScreen } from './support/scan';

scanEveryScreen(false);
