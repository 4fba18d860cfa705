namespace Sampan.Client;

/// <summary>
/// A successful answer. Either <see cref="Value"/> (from a loopback: the shared object, a <see cref="ObjectList"/> for lists,
/// or a <c>Status</c>) or <see cref="Body"/> (bytes of <see cref="MediaType"/>) is set.
/// </summary>
public sealed record ApiResponse
{
    public int StatusCode { get; init; } = 200;

    public object? Value { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public string MediaType { get; init; } = MediaTypes.Json;

    /// <summary>Texts of the answer's Warning headers.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public string? ETag { get; init; }
}
