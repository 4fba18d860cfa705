namespace Sampan.Scheduler.Extenders;

/// <summary>An extender could not do what it was asked; the pod is tried again.</summary>
internal sealed class ExtenderException(string message) : Exception(message);
