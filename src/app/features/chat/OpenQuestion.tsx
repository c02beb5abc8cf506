import { CircleHelp } from 'lucide-react';
import { useTranslation } from '../../i18n';
import { useApp, useSlice } from '../../store/context';
import type { Question } from '../../store/questions';
import { Button, Notice, Spinner } from '../../ui';
import { costText } from '../../words/amounts';

/** What is not done without the user's word. */
export function OpenQuestion() {
  const app = useApp();
  const question = useSlice(app.questions, (state) => state.open);
  if (question === null) return null;
  return question.kind === 'stand_in' ? <StandInQuestion question={question} /> : <BudgetQuestion question={question} />;
}

function StandInQuestion({ question }: { readonly question: Extract<Question, { kind: 'stand_in' }> }) {
  const { t } = useTranslation();
  const app = useApp();
  const model = app.pool.nameOf(question.modelId);
  const title = { loading: t('The router is still loading'), slow: t('The router is taking longer than usual'), failed: t('The router could not choose a model') }[question.cause];
  return (
    <Notice
      tone="warning"
      icon={question.cause === 'failed' ? <CircleHelp size={18} /> : <Spinner size={18} />}
      title={title}
      actions={
        <>
          <Button size="sm" variant="primary" onClick={() => app.questions.reply('yes')}>
            {t('Answer with {{model}} instead', { model })}
          </Button>
          <Button size="sm" onClick={() => app.questions.reply('always')}>
            {t('Yes, and do not ask again')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => app.questions.reply('no')}>
            {t('Do not send')}
          </Button>
        </>
      }
    >
      {question.cause === 'failed' ? t('Nothing was sent yet.') : t('Nothing was sent yet. It goes out as soon as the router has chosen.')}
    </Notice>
  );
}

function BudgetQuestion({ question }: { readonly question: Extract<Question, { kind: 'over_budget' }> }) {
  const { t } = useTranslation();
  const app = useApp();
  const connections = useSlice(app.pool, (state) => state.connections);
  const provider = connections.find((connection) => connection.id === question.connectionId)?.name ?? '';
  const { spending, monthlyUsd } = app.budget.monthOf(question.connectionId);
  return (
    <Notice
      tone="warning"
      icon={<CircleHelp size={18} />}
      title={t('Your limit for {{provider}} this month is used up', { provider })}
      actions={
        <>
          <Button size="sm" variant="primary" onClick={() => app.questions.reply('yes')}>
            {t('Ask {{model}} all the same', { model: app.pool.nameOf(question.modelId) })}
          </Button>
          <Button
            size="sm"
            onClick={() => {
              app.questions.reply('no');
              app.route.go('spending');
            }}
          >
            {t('Change the limit')}
          </Button>
          <Button size="sm" variant="quiet" onClick={() => app.questions.reply('no')}>
            {t('Do not send')}
          </Button>
        </>
      }
    >
      {t('{{spent}} of {{limit}} spent. Auto leaves this provider out until next month.', { spent: costText(spending.usd), limit: costText(monthlyUsd) })}
    </Notice>
  );
}
