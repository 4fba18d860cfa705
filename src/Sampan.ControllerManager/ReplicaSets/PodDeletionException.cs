namespace Sampan.ControllerManager.ReplicaSets;

/// <summary>A pod that had to go could not be deleted.</summary>
internal sealed class PodDeletionException(string message, Exception cause) : Exception(message, cause);
