using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Printing;

/// <summary>Writes objects as a meta.k8s.io/v1 Table, straight into the answer.</summary>
internal sealed class TableWriter
{
    private readonly TableColumns _columns;
    private readonly IncludeObject _include;
    private readonly DateTimeOffset _now;
    private readonly string _apiVersion;

    public TableWriter(TableColumns columns, IncludeObject include, DateTimeOffset now, string version = "v1")
    {
        _columns = columns;
        _include = include;
        _now = now;
        _apiVersion = "meta.k8s.io/" + version;
    }

    /// <summary>The order of the rows of a list; null is the list's own.</summary>
    public IComparer<IObject>? Order => _columns.Order;

    /// <summary>Writes the whole table. Later events of a watch leave the columns out.</summary>
    public void Write(Utf8JsonWriter writer, IEnumerable<IObject> objects, ListMeta metadata, bool withColumns = true)
    {
        Begin(writer, metadata, withColumns);
        foreach (IObject value in objects)
        {
            WriteRow(writer, value);
        }

        End(writer);
    }

    /// <summary>Writes everything before the rows.</summary>
    public void Begin(Utf8JsonWriter writer, ListMeta metadata, bool withColumns = true)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "Table"u8);
        writer.WriteString("apiVersion"u8, _apiVersion);
        writer.WritePropertyName("metadata"u8);
        metadata.WriteJson(writer);
        WriteColumns(writer, withColumns);
        writer.WriteStartArray("rows"u8);
    }

    public static void End(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteColumns(Utf8JsonWriter writer, bool withColumns)
    {
        writer.WritePropertyName("columnDefinitions"u8);
        if (!withColumns)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (TableColumnDefinition definition in _columns.Definitions)
        {
            definition.WriteJson(writer);
        }

        writer.WriteEndArray();
    }

    public void WriteRow(Utf8JsonWriter writer, IObject value)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("cells"u8);
        _columns.WriteCells(writer, value, _now);
        WriteConditions(writer, _columns.Conditions(value));
        writer.WritePropertyName("object"u8);
        WriteObject(writer, value);
        writer.WriteEndObject();
    }

    private static void WriteConditions(Utf8JsonWriter writer, IReadOnlyList<TableRowCondition> conditions)
    {
        if (conditions.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("conditions"u8);
        foreach (TableRowCondition condition in conditions)
        {
            condition.WriteJson(writer);
        }

        writer.WriteEndArray();
    }

    private void WriteObject(Utf8JsonWriter writer, IObject value)
    {
        switch (_include)
        {
            case IncludeObject.None:
                writer.WriteNullValue();
                break;
            case IncludeObject.Object:
                value.WriteJson(writer);
                break;
            default:
                writer.WriteStartObject();
                writer.WriteString("kind"u8, "PartialObjectMetadata"u8);
                writer.WriteString("apiVersion"u8, _apiVersion);
                writer.WritePropertyName("metadata"u8);
                value.Metadata.WriteJson(writer);
                writer.WriteEndObject();
                break;
        }
    }
}
