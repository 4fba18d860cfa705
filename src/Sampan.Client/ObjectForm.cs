namespace Sampan.Client;

/// <summary>In which form the caller of a transport wants objects.</summary>
public enum ObjectForm
{
    /// <summary>The model class of the kind; the loopback hands over <see cref="ApiResponse.Value"/>.</summary>
    Typed,

    /// <summary>A JSON tree; every transport answers with UTF-8 JSON in <see cref="ApiResponse.Body"/>.</summary>
    Tree,

    /// <summary>Metadata only (<c>as=PartialObjectMetadata</c>); the loopback hands over <see cref="PartialObject"/>.</summary>
    Metadata,

    /// <summary>Bytes as the server sends them.</summary>
    Raw,
}
