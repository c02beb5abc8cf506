import { Page } from '../../ui';

export default function MemoryView() {
  return <Page title="Memory">{null}</Page>;
}
