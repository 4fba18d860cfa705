namespace Sampan.Api.Cel;

/// <summary>An expression whose value is of another type than is asked for.</summary>
public sealed class CelTypeException(CelStaticType actual, CelStaticType expected)
    : CelException($"must evaluate to {expected} or the unknown type, not {actual}");
