import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { dismissChange } from '../../../core/adaptation';
import { useApp, useSlice } from '../../store/context';
import { Button, Notice, toast } from '../../ui';
import { dateText } from './dates';
import { detectedChange } from './log-rows';

/** The router thinks that taste has changed: the user has the last word. Also what keeps picks from being learned. */
export function ChangeNotice({ problem }: { readonly problem: string | null }) {
  const app = useApp();
  const { log, adaptation } = useSlice(app.memory, (state) => state);
  const [isBusy, setBusy] = useState(false);
  const change = detectedChange(log, adaptation);
  const dismiss = async () => {
    if (!adaptation) return;
    setBusy(true);
    await app.memory.relearn(dismissChange(adaptation));
    setBusy(false);
    toast('All your picks count again.');
  };
  return (
    <>
      {problem !== null && (
        <Notice
          tone="warning"
          icon={<TriangleAlert size={18} aria-hidden />}
          title="Your last picks are stored but not learned yet"
          actions={
            <Button size="sm" onClick={() => void app.memory.catchUp()}>
              Learn them now
            </Button>
          }
        >
          {problem}
        </Notice>
      )}
      {change && (
        <Notice
          tone="accent"
          title="Your taste seems to have changed"
          actions={
            <Button size="sm" busy={isBusy} onClick={() => void dismiss()}>
              My taste did not change
            </Button>
          }
        >
          Picks since {dateText(change.at)} surprised the router, so the {change.before} before them now count little.
        </Notice>
      )}
    </>
  );
}
