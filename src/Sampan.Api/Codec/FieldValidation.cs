namespace Sampan.Api.Codec;

/// <summary>What happens to unknown and duplicate fields: the request's fieldValidation parameter.</summary>
public enum FieldValidation
{
    /// <summary>They are dropped silently.</summary>
    Ignore,

    /// <summary>They are dropped, and each becomes a warning header.</summary>
    Warn,

    /// <summary>They refuse the request.</summary>
    Strict,
}
