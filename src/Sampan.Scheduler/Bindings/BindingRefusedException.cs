namespace Sampan.Scheduler.Bindings;

/// <summary>A plugin stopped the binding of a pod that had its place.</summary>
internal sealed class BindingRefusedException(string message) : Exception(message);
