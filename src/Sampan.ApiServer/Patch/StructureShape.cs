namespace Sampan.ApiServer.Patch;

/// <summary>What an <see cref="IStructure"/> describes.</summary>
public enum StructureShape
{
    /// <summary>Not known: the value itself shows it.</summary>
    Open,

    /// <summary>A value that is kept as a whole, whatever is in it.</summary>
    Scalar,

    /// <summary>An object with declared fields.</summary>
    Object,

    /// <summary>An object whose names are data.</summary>
    Map,

    List,
}
