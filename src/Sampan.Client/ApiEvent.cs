namespace Sampan.Client;

/// <summary>
/// One event of a watch. Either <see cref="Value"/> (loopback) or <see cref="Body"/> (one object's JSON or protobuf bytes,
/// valid only until the next MoveNext) is set.
/// </summary>
public readonly record struct ApiEvent(WatchEventType Type, object? Value, ReadOnlyMemory<byte> Body, string MediaType = MediaTypes.Json)
{
    public static ApiEvent Of(WatchEventType type, object value) => new(type, value, default);
}
