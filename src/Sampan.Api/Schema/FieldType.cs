namespace Sampan.Api;

/// <summary>What a field, or the element of a list or map, holds.</summary>
public enum FieldType
{
    String,
    Int32,
    Int64,
    Double,
    Boolean,
    Bytes,
    Quantity,
    IntOrString,
    Time,
    MicroTime,
    Duration,
    RawExtension,
    FieldsV1,
    Json,

    /// <summary>A type of the model: <see cref="FieldSchema.Object"/>.</summary>
    Object,
}
