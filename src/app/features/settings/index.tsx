import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { cx, Page } from '../../ui';
import { AboutSection } from './AboutSection';
import { AppearanceSection } from './AppearanceSection';
import { EngineSection } from './EngineSection';
import { PrivacySection } from './PrivacySection';
import { RouterSection } from './RouterSection';
import { TitlesSection } from './TitlesSection';
import { sectionOf, SECTIONS, type SectionId } from './sections';
import styles from './settings.module.css';

const VIEWS: Readonly<Record<SectionId, () => ReactNode>> = {
  appearance: () => (
    <>
      <AppearanceSection />
      <TitlesSection />
    </>
  ),
  router: RouterSection,
  engine: EngineSection,
  privacy: PrivacySection,
  about: AboutSection,
};

/** One page; `#/settings/<section>` scrolls to its section. */
export default function SettingsView() {
  const { t } = useTranslation();
  const wanted = sectionOf(useSlice(useApp().route, (route) => route.argument));
  return (
    <Page title={t('Settings')}>
      <nav aria-label={t('Sections')} className={styles.nav}>
        {SECTIONS.map(({ id, label }) => (
          <a key={id} href={routeHref('settings', id)} className={cx(styles.navLink, wanted === id && styles.navCurrent)} aria-current={wanted === id || undefined}>
            {t(label)}
          </a>
        ))}
      </nav>
      {SECTIONS.map(({ id }) => {
        const View = VIEWS[id];
        return (
          <Anchor key={id} isWanted={wanted === id}>
            <View />
          </Anchor>
        );
      })}
    </Page>
  );
}

function Anchor({ isWanted, children }: { readonly isWanted: boolean; readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isWanted) box.current?.scrollIntoView({ block: 'start' });
  }, [isWanted]);
  return (
    <div ref={box} className={styles.anchor}>
      {children}
    </div>
  );
}
