import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dismissChange } from '../../../core/adaptation';
import { dateText } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import { Button, Notice, toast } from '../../ui';
import { detectedChange } from './log-rows';

/** The router thinks that taste has changed: the user has the last word. Also what keeps picks from being learned. */
export function ChangeNotice({ problem }: { readonly problem: string | null }) {
  const app = useApp();
  const { t } = useTranslation();
  const { log, adaptation } = useSlice(app.memory, (state) => state);
  const [isBusy, setBusy] = useState(false);
  const change = detectedChange(log, adaptation);
  const dismiss = async () => {
    if (!adaptation) return;
    setBusy(true);
    await app.memory.relearn(dismissChange(adaptation));
    setBusy(false);
    toast(t('All your picks count again.'));
  };
  return (
    <>
      {problem !== null && (
        <Notice
          tone="warning"
          icon={<TriangleAlert size={18} aria-hidden />}
          title={t('Your last picks are stored but not learned yet')}
          actions={
            <Button size="sm" onClick={() => void app.memory.catchUp()}>
              {t('Learn them now')}
            </Button>
          }
        >
          {problem}
        </Notice>
      )}
      {change && (
        <Notice
          tone="accent"
          title={t('Your taste seems to have changed')}
          actions={
            <Button size="sm" busy={isBusy} onClick={() => void dismiss()}>
              {t('My taste did not change')}
            </Button>
          }
        >
          {t('Picks since {{date}} surprised the router, so the {{number}} before them now count little.', { date: dateText(change.at), number: change.before })}
        </Notice>
      )}
    </>
  );
}
