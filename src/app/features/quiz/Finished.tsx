import { useMemo } from 'react';
import { useApp, useSlice } from '../../store/context';
import { routeHref } from '../../store/route';
import { Button, EmptyState, Page, Section } from '../../ui';
import { TasteBars } from '../../widgets/TasteBars';
import { TasteWords } from '../../widgets/TasteWords';
import { tasteAxes } from '../../words/taste-profile';
import styles from './quiz.module.css';
import { ROUND_LENGTH, type QuizSession } from './session';

/** The profile so far, and where to go from here. */
export function Finished({ session, isExhausted }: { readonly session: QuizSession; readonly isExhausted: boolean }) {
  const app = useApp();
  const adaptation = useSlice(app.memory, (state) => state.adaptation);
  const made = useSlice(session, (state) => state.made.length);
  const hasModel = useSlice(app.pool, (state) => state.models.length > 0);
  const axes = useMemo(() => adaptation && tasteAxes(adaptation), [adaptation]);
  if (!adaptation || !axes || adaptation.appliedCount === 0) {
    return (
      <EmptyState title="Nothing learned yet" actions={<Button onClick={() => void session.goOn()}>Back to the pairs</Button>}>
        A few picks are enough to begin with.
      </EmptyState>
    );
  }
  return (
    <Page title="Your taste so far" lead={isExhausted ? 'You have seen every pair there is. From here on it learns from your chats.' : `From ${adaptation.appliedCount} picks. It goes on learning while you chat, and you can change your mind at any time.`}>
      <TasteWords axes={axes} />
      <div className={styles.finishActions}>
        <Button variant="primary" onClick={() => app.route.go('chat')}>
          Start chatting
        </Button>
        {!hasModel && <Button onClick={() => app.route.go('models')}>Connect a model</Button>}
        {!isExhausted && <Button onClick={() => void session.goOn()}>{made >= ROUND_LENGTH ? 'Ten more pairs' : 'Go on picking'}</Button>}
      </div>
      <Section title="In detail" hint="Right: more of it is wanted. Left: less. The soft band is what it is not sure of.">
        <TasteBars state={adaptation} />
        <p className={styles.faint}>
          Every pick is kept in <a href={routeHref('memory')}>Memory</a>, where you can take any of them back.
        </p>
      </Section>
    </Page>
  );
}
