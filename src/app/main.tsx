import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { browserLanguage, holdInstallOffer } from './browser';
import { compose } from './compose';
import { followLanguage } from './i18n/follow-language';
import { Shell } from './shell/Shell';
import { StorageProblem } from './shell/StorageProblem';
import { startApp } from './store/app';
import { AppProvider } from './store/context';
import { toast } from './ui';
import { watchFocus } from './ui/last-focused';
import './ui/base.css';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no #root');
const root = createRoot(container);

holdInstallOffer();
watchFocus();

compose((message) => toast(message)).then(
  async (app) => {
    await followLanguage(app, browserLanguage());
    root.render(
      <StrictMode>
        <AppProvider app={app}>
          <Shell />
        </AppProvider>
      </StrictMode>,
    );
    void startApp(app);
  },
  (thrown: unknown) => root.render(<StorageProblem thrown={thrown} />),
);
