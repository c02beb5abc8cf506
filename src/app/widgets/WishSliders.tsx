import { NEUTRAL_UTILITY } from '../../core/routing';
import { useTranslation } from '../i18n';
import { useApp, useSlice } from '../store/context';
import { Button } from '../ui';
import { Slider } from '../ui/Slider';
import { WISHES, wishText, type WishName } from '../words/wishes';
import styles from './picker.module.css';

/** Explicit wishes, on top of what was learned; they hold from the next preview on. */
export function WishSliders() {
  const { t } = useTranslation();
  const app = useApp();
  const utility = useSlice(app.settings, (state) => state.utility);
  const isNeutral = WISHES.every(({ name }) => utility[name] === 0);
  const set = (name: WishName, value: number) => void app.settings.set('utility', { ...utility, [name]: value });
  return (
    <div className={styles.wishes}>
      {WISHES.map((wish) => (
        <Slider
          key={wish.name}
          label={t(wish.label)}
          value={utility[wish.name]}
          min={-1}
          max={1}
          step={0.25}
          ends={[t(wish.ends[0]), t(wish.ends[1])]}
          valueText={wishText(wish, utility[wish.name])}
          onValueChange={(value) => set(wish.name, value)}
        />
      ))}
      {!isNeutral && (
        <div>
          <Button size="sm" onClick={() => void app.settings.set('utility', { ...NEUTRAL_UTILITY })}>
            {t('Go by what was learned')}
          </Button>
        </div>
      )}
    </div>
  );
}
