namespace Sampan.Api;

/// <summary>How a quantity is spelled when written.</summary>
public enum QuantityFormat
{
    /// <summary>12M, 1500m: suffixes n u m k M G T P E.</summary>
    DecimalSI,

    /// <summary>12Mi: suffixes Ki Mi Gi Ti Pi Ei.</summary>
    BinarySI,

    /// <summary>12e6.</summary>
    DecimalExponent,
}
