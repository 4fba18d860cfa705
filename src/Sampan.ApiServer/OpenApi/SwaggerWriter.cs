using System.Text.Json;

namespace Sampan.ApiServer.OpenApi;

/// <summary>
/// Swagger 2.0. Shared parameters stand in one place and are referred to, except those that old clients look for
/// at each operation to learn what the server supports.
/// </summary>
internal sealed class SwaggerWriter(Utf8JsonWriter writer) : OpenApiWriter(writer)
{
    private readonly SortedDictionary<string, OpenApiParameter> _shared = new(StringComparer.Ordinal);

    protected override void Write(DocumentContent content)
    {
        Writer.WriteStartObject();
        Writer.WritePropertyName("definitions");
        content.Schemas.Write(Writer, OpenApiFlavor.V2);
        WriteInfo();
        WritePaths(content);
        WriteShared();
        WriteSecurity();
        Writer.WriteString("swagger", "2.0");
        Writer.WriteEndObject();
    }

    protected override void WriteOperation(OpenApiOperation operation)
    {
        if (operation.Consumes.Count > 0)
            WriteTexts("consumes", operation.Consumes);
        WriteOperationHead(operation);
        if (operation.Body is not null || operation.Parameters.Count > 0)
        {
            Writer.WriteStartArray("parameters");
            if (operation.Body is { } body)
                WriteBody(body, operation.IsBodyRequired);
            foreach (var parameter in operation.Parameters)
                WriteParameter(parameter);
            Writer.WriteEndArray();
        }

        WriteTexts("produces", operation.Produces);
        WriteResponses(operation, () => WriteSchema(OpenApiFlavor.V2, operation.Answer));
        WriteTexts("schemes", ["https"]);
    }

    protected override void WriteParameter(OpenApiParameter parameter)
    {
        Writer.WriteStartObject();
        if (parameter.Name is "dryRun" or "fieldValidation")
        {
            WriteWhole(parameter);
        }
        else
        {
            var key = $"{parameter.Name}-{parameter.In}-{parameter.Type}";
            _shared[key] = parameter;
            Writer.WriteString("$ref", $"#/parameters/{key}");
        }

        Writer.WriteEndObject();
    }

    private void WriteWhole(OpenApiParameter parameter)
    {
        WriteParameterHead(parameter);
        Writer.WriteString("type", parameter.Type);
        Writer.WriteBoolean("uniqueItems", true);
    }

    private void WriteBody(string schema, bool isRequired)
    {
        Writer.WriteStartObject();
        Writer.WriteString("in", "body");
        Writer.WriteString("name", "body");
        if (isRequired)
            Writer.WriteBoolean("required", true);
        WriteSchema(OpenApiFlavor.V2, schema);
        Writer.WriteEndObject();
    }

    private void WriteShared()
    {
        Writer.WriteStartObject("parameters");
        foreach (var (key, parameter) in _shared)
        {
            Writer.WriteStartObject(key);
            WriteWhole(parameter);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    private void WriteSecurity()
    {
        Writer.WriteStartArray("security");
        Writer.WriteStartObject();
        Writer.WriteStartArray("BearerToken");
        Writer.WriteEndArray();
        Writer.WriteEndObject();
        Writer.WriteEndArray();
        Writer.WriteStartObject("securityDefinitions");
        WriteBearerToken();
        Writer.WriteEndObject();
    }
}
