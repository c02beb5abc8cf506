import { createInstance } from 'i18next';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { initReactI18next } from 'react-i18next';
import { holdInstallOffer } from './browser';
import { compose } from './compose';
import { Shell } from './shell/Shell';
import { StorageProblem } from './shell/StorageProblem';
import { startApp } from './store/app';
import { AppProvider } from './store/context';
import { toast } from './ui';
import './ui/base.css';

const container = document.getElementById('root');
if (!container) throw new Error('index.html has no #root');
const root = createRoot(container);

holdInstallOffer();
createInstance()
  .use(initReactI18next)
  .init({ lng: 'en', resources: {}, keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false } })
  .catch((thrown: unknown) => console.warn('Texts could not be set up', thrown));

compose((message) => toast(message)).then(
  (app) => {
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
