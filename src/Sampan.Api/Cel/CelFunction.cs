namespace Sampan.Api.Cel;

/// <summary>A function's work; the receiver of a member is its first argument. A wrong cast means that there is no such overload.</summary>
internal delegate object? CelFunction(object?[] arguments);
