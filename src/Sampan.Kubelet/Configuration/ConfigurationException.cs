namespace Sampan.Kubelet.Configuration;

/// <summary>The kubelet's configuration cannot be used; the message says which file or flag, and why.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
