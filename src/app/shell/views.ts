import { Brain, CircleHelp, Cpu, MessageSquareText, Settings2, SlidersHorizontal, Wallet, type LucideIcon } from 'lucide-react';
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import { mark } from '../../core/phrase';
import type { ViewId } from '../store/route';

export interface View {
  readonly id: ViewId;
  /** In English; said through `t`. */
  readonly label: string;
  readonly icon: LucideIcon;
  /** Each feature's `index.tsx` exports its view as default. */
  readonly component: LazyExoticComponent<ComponentType>;
}

/** Every view of the app, in the order of the sidebar. */
export const VIEWS: readonly View[] = [
  { id: 'chat', label: mark('Chat'), icon: MessageSquareText, component: lazy(() => import('./ChatPage')) },
  { id: 'taste', label: mark('Taste'), icon: SlidersHorizontal, component: lazy(() => import('../features/quiz')) },
  { id: 'memory', label: mark('Memory'), icon: Brain, component: lazy(() => import('../features/memory')) },
  { id: 'models', label: mark('Models'), icon: Cpu, component: lazy(() => import('../features/models')) },
  { id: 'spending', label: mark('Spending'), icon: Wallet, component: lazy(() => import('../features/budget')) },
  { id: 'settings', label: mark('Settings'), icon: Settings2, component: lazy(() => import('../features/settings')) },
  { id: 'help', label: mark('Help'), icon: CircleHelp, component: lazy(() => import('../features/help')) },
];
