import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseFailure } from '../../../core/conversation';
import { useApp } from '../../store/context';
import { Button, Spinner, toast } from '../../ui';
import { FailureNotice } from './Advice';
import { finishSignIn } from './openrouter';

type Finish = { readonly kind: 'nothing' | 'busy' } | { readonly kind: 'failed'; readonly failure: ResponseFailure };

/** Shown when the user is back from OpenRouter: finishes the sign-in, and says so if it cannot be. */
export function SignInNotice() {
  const app = useApp();
  const { t } = useTranslation();
  const [finish, setFinish] = useState<Finish>({ kind: 'nothing' });
  useEffect(() => {
    const returned = app.platform.signIn.takeReturn();
    if (returned === null) return;
    setFinish({ kind: 'busy' });
    void finishSignIn(app, returned).then((outcome) => {
      setFinish(outcome.ok ? { kind: 'nothing' } : { kind: 'failed', failure: outcome.error });
      if (outcome.ok) toast(outcome.value);
    });
  }, [app]);
  if (finish.kind === 'nothing') return null;
  if (finish.kind === 'busy' || !('failure' in finish)) return <Spinner label={t('Finishing the sign-in with OpenRouter')} />;
  return (
    <FailureNotice
      failure={finish.failure}
      actions={
        <>
          <Button size="sm" variant="primary" onClick={() => void app.platform.signIn.begin()}>
            {t('Sign in again')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => setFinish({ kind: 'nothing' })}>
            {t('Dismiss')}
          </Button>
        </>
      }
    />
  );
}
