namespace Sampan.Kubelet.Plugins;

/// <summary>Why a plugin is not taken, in words for whoever runs it.</summary>
internal sealed class PluginRejectedException(string message, Exception? inner = null) : Exception(message, inner);
