namespace Sampan.Proxy.Configuration;

/// <summary>The proxy's configuration cannot be used; the message says which file or field, and why.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
