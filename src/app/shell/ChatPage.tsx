import ChatView from '../features/chat';
import { Comparison } from '../features/compare';

/** Chat with its comparisons: the shell is where features meet. */
export default function ChatPage() {
  return <ChatView comparison={Comparison} />;
}
