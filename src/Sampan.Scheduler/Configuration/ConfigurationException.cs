namespace Sampan.Scheduler.Configuration;

/// <summary>The scheduler's configuration can't be used; the message says where and why.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : FormatException(message, inner);
