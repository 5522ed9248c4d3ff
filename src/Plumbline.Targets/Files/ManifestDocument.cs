using System.Collections.Immutable;
using Plumbline.Core;
using Plumbline.Core.Resources;
using Plumbline.Values;

namespace Plumbline.Targets.Files;

/// <summary>Makes the document of an object as it is stored and judged from the object as written.</summary>
/// <remarks>
/// Members that are null are left out, since clients of Kubernetes take them for unset; items of lists stay, so that
/// pointers keep their meaning. Quantities written as numbers become text, as the API server answers them. Secrets
/// become unknowns that are surely there (CONTRACTS §6); their names stay. Of a document that is no object of Kubernetes only
/// secrets are taken out: a null may mean something to whoever reads it.
/// </remarks>
internal sealed class ManifestDocument
{
    /// <summary>Where a Secret's values stand, and where <c>kubectl apply</c> leaves a copy of them.</summary>
    private enum Place
    {
        Anywhere,
        Secret,
        SecretData,
        SecretMetadata,
        SecretAnnotations,
        LastApplied,
    }

    private readonly DocumentBuilder _builder;
    private readonly bool _keepsPositions;
    private readonly Manifest _manifest;
    private readonly ResourceKey _key;
    private readonly ImmutableSortedDictionary<string, string>.Builder _redacted =
        ImmutableSortedDictionary.CreateBuilder<string, string>(Ordinal.Comparer);

    private ManifestDocument(Manifest manifest, ResourceKey key, bool keepsPositions)
    {
        _manifest = manifest;
        _key = key;
        _keepsPositions = keepsPositions;
        _builder = new DocumentBuilder(keepsPositions);
        AddRoot(manifest.Content);
        Document = _builder.Build();
        Redacted = _redacted.ToImmutable();
    }

    public Document Document { get; }

    /// <summary>Which redactor took which value out, by pointer.</summary>
    public ImmutableSortedDictionary<string, string> Redacted { get; }

    public static ManifestDocument Of(Manifest manifest, ResourceKey key) => new(manifest, key, keepsPositions: false);

    /// <param name="isSourceSecret">
    /// Something was taken out of the text that the object stands in: what is kept to tell positions is then made anew, without it.
    /// </param>
    public Resource ToResource(bool isSourceSecret)
    {
        var file = _manifest.File.Shown;
        var observed = isSourceSecret
            ? new Observation(file, new ManifestDocument(_manifest, _key, keepsPositions: true).Document)
            : new Observation(file, _manifest.Source) { Within = _manifest.Within };
        return Resource.Of(_key, Basis.Declared, Document.Root, observed, Redacted);
    }

    private void AddRoot(Value root)
    {
        var at = At(JsonPointer.Root);
        if (_manifest.IsPlain)
        {
            Add(root, JsonPointer.Root, Place.Anywhere);
            return;
        }

        _builder.Start(at);
        if (root["kind"].IsUndefined)
        {
            _builder.Key("apiVersion"u8, at);
            _builder.String(_manifest.ApiVersion, at);
            _builder.Key("kind"u8, at);
            _builder.String(_manifest.Kind, at);
        }

        AddMembers(root, JsonPointer.Root, _manifest.Kind == "Secret" ? Place.Secret : Place.Anywhere);
        _builder.EndObject();
    }

    private void AddMembers(Value holder, JsonPointer at, Place place)
    {
        for (var i = 0; i < holder.Count; i++)
        {
            if (holder[i].IsNull && !_manifest.IsPlain)
            {
                continue;
            }

            var name = holder.KeyAt(i).Utf8;
            var pointer = at.Append(name.ToString());
            _builder.Key(name.Span, At(pointer));
            if (IsQuantity(holder[i], at))
            {
                _builder.String(holder[i].ToString(), At(pointer));
            }
            else
            {
                Add(holder[i], pointer, Below(place, name.ToString()));
            }
        }
    }

    private static Place Below(Place place, string name) =>
        (place, name) switch
        {
            (Place.Secret, "data" or "stringData") => Place.SecretData,
            (Place.Secret, "metadata") => Place.SecretMetadata,
            (Place.SecretMetadata, "annotations") => Place.SecretAnnotations,
            (Place.SecretAnnotations, "kubectl.kubernetes.io/last-applied-configuration") => Place.LastApplied,
            _ => Place.Anywhere,
        };

    private void Add(Value value, JsonPointer at, Place place)
    {
        var redactor = place switch
        {
            Place.LastApplied => Redactors.LastApplied,
            Place.SecretData when !value.IsObject => Redactors.Secret,
            _ => value.IsString ? Redactors.Match(value.Utf8) : null,
        };
        if (redactor is not null)
        {
            Redact(at, redactor);
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Object when place == Place.SecretData:
                AddSecretData(value, at);
                break;
            case ValueKind.Object:
                var isSecret = place == Place.Anywhere && value["kind"] == "Secret";
                _builder.Start(At(at));
                AddMembers(value, at, isSecret ? Place.Secret : place);
                _builder.EndObject();
                break;
            case ValueKind.Array:
                _builder.Start(At(at));
                for (var i = 0; i < value.Count; i++)
                {
                    Add(value[i], at.Append(i), Place.Anywhere);
                }

                _builder.EndArray();
                break;
            default:
                AddScalar(value, At(at));
                break;
        }
    }

    private void AddScalar(Value value, Position at)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                _builder.Boolean(value.IsTrue, at);
                break;
            case ValueKind.Number:
                _builder.Number(System.Text.Encoding.ASCII.GetBytes(value.AsNumber.ToString()), at);
                break;
            case ValueKind.String:
                _builder.String(value.Utf8.Span, at);
                break;
            default:
                _builder.Null(at);
                break;
        }
    }

    /// <summary>Every value is taken out, whatever it is.</summary>
    private void AddSecretData(Value data, JsonPointer at)
    {
        _builder.Start(At(at));
        for (var i = 0; i < data.Count; i++)
        {
            if (!data[i].IsNull)
            {
                var name = data.KeyAt(i).Utf8;
                var pointer = at.Append(name.ToString());
                _builder.Key(name.Span, At(pointer));
                Redact(pointer, Redactors.Secret);
            }
        }

        _builder.EndObject();
    }

    private void Redact(JsonPointer at, string redactor)
    {
        _redacted[at.Text] = redactor;
        _builder.Unknown(
            new Unknown
            {
                Id = _key.Text + at.Text,
                Cause = "redacted",
                Present = true,
                Kind = ValueKind.String,
            },
            At(at)
        );
    }

    /// <summary>A number where the API has a Quantity, which it takes as either and answers as text.</summary>
    /// <remarks>ResourceRequirements and ResourceQuotaSpec of the Kubernetes API reference.</remarks>
    private bool IsQuantity(Value value, JsonPointer holder) =>
        value.IsNumber
        && _manifest.ApiVersion is "v1" or "apps/v1" or "batch/v1"
        && (
            holder.Text.EndsWith("/resources/limits", StringComparison.Ordinal)
            || holder.Text.EndsWith("/resources/requests", StringComparison.Ordinal)
            || holder.Text == "/spec/hard"
        );

    private Position At(JsonPointer at) =>
        _keepsPositions ? _manifest.Source.PositionOf(JsonPointer.Parse(_manifest.Within.Text + at.Text)) : default;
}
