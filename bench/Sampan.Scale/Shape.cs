namespace Sampan.Scale;

/// <summary>What the pods ask for besides room.</summary>
internal enum Shape
{
    Plain,

    /// <summary>A hard spread over zones and a soft one over nodes.</summary>
    Spread,

    /// <summary>Required affinity to pods of the same application in the zone.</summary>
    Affinity,

    /// <summary>Required anti-affinity to pods of the same application on the node.</summary>
    AntiAffinity,

    /// <summary>A third each of the three above.</summary>
    Mixed,
}
