using System.Text.Json;

namespace Sampan.ApiServer.OpenApi;

/// <summary>OpenAPI 3.0.</summary>
internal sealed class OpenApi3Writer(Utf8JsonWriter writer) : OpenApiWriter(writer)
{
    protected override void Write(DocumentContent content)
    {
        Writer.WriteStartObject();
        Writer.WriteStartObject("components");
        if (content.Schemas.Count > 0)
        {
            Writer.WritePropertyName("schemas");
            content.Schemas.Write(Writer, OpenApiFlavor.V3);
        }

        Writer.WriteStartObject("securitySchemes");
        WriteBearerToken();
        Writer.WriteEndObject();
        Writer.WriteEndObject();
        WriteInfo();
        Writer.WriteString("openapi", "3.0.0");
        WritePaths(content);
        Writer.WriteEndObject();
    }

    protected override void WriteOperation(OpenApiOperation operation)
    {
        WriteOperationHead(operation);
        WriteParameters(operation.Parameters);
        if (operation.Body is { } body)
        {
            Writer.WriteStartObject("requestBody");
            WriteContent(operation.Consumes, body);
            if (operation.IsBodyRequired)
                Writer.WriteBoolean("required", true);
            Writer.WriteEndObject();
        }

        WriteResponses(operation, () => WriteContent(operation.Produces, operation.Answer));
    }

    protected override void WriteParameter(OpenApiParameter parameter)
    {
        Writer.WriteStartObject();
        WriteParameterHead(parameter);
        Writer.WriteStartObject("schema");
        Writer.WriteString("type", parameter.Type);
        Writer.WriteBoolean("uniqueItems", true);
        Writer.WriteEndObject();
        Writer.WriteEndObject();
    }

    private void WriteContent(IEnumerable<string> mediaTypes, string? schema)
    {
        Writer.WriteStartObject("content");
        foreach (var mediaType in mediaTypes)
        {
            Writer.WriteStartObject(mediaType);
            WriteSchema(OpenApiFlavor.V3, schema);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }
}
