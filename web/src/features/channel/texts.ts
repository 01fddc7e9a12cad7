import { texts } from '@/ui';
import { en } from './en';
import { zh } from './zh';

export const own = texts('channel', zh, en);
export const useText = own.use;
