// Slider, Segmented and SearchField are imported from their own files: only views that come later need them.
export { Button, IconButton, type ButtonProps, type IconButtonProps } from './Button';
export { Badge, Card, EmptyState, Kbd, Notice, Page, Section, type Tone } from './Card';
export { cx } from './cx';
export { ConfirmDialog, Dialog, Sheet } from './Dialog';
export { Duel, type DuelPick } from './Duel';
export { Field, SelectField, TextArea, TextField } from './Field';
export { Logo } from './Logo';
export { Markdown } from './Markdown';
export { Menu, MenuHeading, MenuItem, MenuSeparator } from './Menu';
export { Popover } from './Popover';
export { ProgressBar, Spinner } from './Spinner';
export { Switch } from './Switch';
export { TextLink } from './TextLink';
export { Toaster, toast } from './toast';
export { TooltipProvider } from './Tooltip';
