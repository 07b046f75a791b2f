export {
  checkNotification,
  NOTIFICATION_BYTES,
  type Notification,
  notificationSchema,
} from './notification.ts';
export { notificationPaths } from './notification-paths.ts';
export {
  type ConnectionStatus,
  type FailingZaken,
  type NotificationStatus,
  notificationStatusSchema,
} from './notification-status.ts';
