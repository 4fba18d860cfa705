namespace Sampan.ApiServer.Printing;

/// <summary>What a row carries beside its cells: the includeObject parameter.</summary>
internal enum IncludeObject
{
    /// <summary>The object's metadata.</summary>
    Metadata,

    /// <summary>Nothing.</summary>
    None,

    /// <summary>The whole object.</summary>
    Object,
}
