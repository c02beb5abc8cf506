import { scanEveryScreen } from './support/scan';

scanEveryScreen(true);
