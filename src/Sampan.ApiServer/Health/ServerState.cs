namespace Sampan.ApiServer.Health;

/// <summary>How far a server is in its life, as its health checks tell it.</summary>
internal sealed class ServerState
{
    private volatile bool _isLoaded;
    private volatile bool _isStopping;

    public StartSteps Steps { get; } = new();

    /// <summary>The caches hold what is stored.</summary>
    public bool IsLoaded { get => _isLoaded; set => _isLoaded = value; }

    public bool IsStopping { get => _isStopping; set => _isStopping = value; }
}
