namespace Sampan.Api.Cel;

/// <summary>An expression that can't be read, or that has no value for what it was given.</summary>
public class CelException(string message) : Exception(message)
{
    internal static CelException NoSuchOverload(string function) => new($"no such overload: {function}");
}
