namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>The ports that Services may open on every node.</summary>
internal sealed class NodePortPool
{
    private readonly NumberPool _numbers;

    public NodePortPool(int first, int last)
    {
        (First, Last) = (first, last);
        var size = last - first + 1;
        _numbers = new NumberPool(size, Math.Min(Math.Max(16, size / 32), Math.Min(128, size)));
    }

    public int First { get; }

    public int Last { get; }

    public bool Contains(int port) => port >= First && port <= Last;

    public bool TryTake(int port) => _numbers.TryTake(port - First);

    public int? Take() => _numbers.Take() is { } number ? First + number : null;

    public void Release(int port)
    {
        if (Contains(port))
        {
            _numbers.Release(port - First);
        }
    }
}
