namespace Sampan.Api.Cel;

/// <summary>A value that may be missing, as x.?field gives it.</summary>
internal sealed record CelOptional(bool HasValue, object? Value)
{
    public static CelOptional None { get; } = new(false, null);

    public static CelOptional Of(object? value) => new(true, value);
}
