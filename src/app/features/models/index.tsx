import { Page } from '../../ui';

export default function ModelsView() {
  return <Page title="Models">{null}</Page>;
}
