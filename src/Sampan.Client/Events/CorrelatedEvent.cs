using Sampan.Api.Core.V1;

namespace Sampan.Client.Events;

/// <summary>An event ready to be sent: new, or a repeat whose count goes up.</summary>
internal sealed record CorrelatedEvent(Event Event, bool IsRepeat, string Key);
