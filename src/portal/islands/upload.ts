// Sends files so that a lost connection costs nothing, with the percentage in sight.
import { startDepositForm } from './upload/deposit-form';
import { startTicketForm } from './upload/ticket-form';

startDepositForm();
startTicketForm();
