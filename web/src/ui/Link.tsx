import { Link as RouterLink } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { parseQuery } from './url';

interface LinkProps {
  /** An address of the console, with what follows `?`. */
  to: string;
  className?: string;
  title?: string;
  children: ReactNode;
  onClick?: () => void;
  'aria-label'?: string;
}

/** A link within the console. */
export function Link({ to, ...rest }: LinkProps) {
  const [path = '/', search = ''] = to.split('?');
  return <RouterLink to={path} search={parseQuery(search) as never} preload="intent" {...rest} />;
}
