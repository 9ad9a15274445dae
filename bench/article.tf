# The resources of main.ts as one would write them by hand: the peer that the benchmarks compare the constructs with.
terraform {
  required_providers {
    auth0 = {
      source  = "auth0/auth0"
      version = "1.54.1"
    }
  }
}

provider "auth0" {}

variable "code_file" {
  type = string
}

data "auth0_tenant" "this" {}

data "auth0_connection" "database" {
  name = "Username-Password-Authentication"
}

locals {
  audience = data.auth0_tenant.this.management_api_identifier
  domain   = trimsuffix(trimprefix(local.audience, "https://"), "/api/v2/")
  sizes    = ["1", "2-5", "6-10", "11-50", "51-100", "101-250", "251-500", "501-1,000", "1,001-10,000", "10,001+"]
}

resource "auth0_client" "writer" {
  name            = "Progressive Profiling"
  description     = "Saves what users answer in the progressive profiling form"
  app_type        = "non_interactive"
  grant_types     = ["client_credentials"]
  oidc_conformant = true
}

resource "auth0_client_credentials" "writer" {
  client_id             = auth0_client.writer.id
  authentication_method = "client_secret_post"
}

resource "auth0_client_grant" "writer" {
  client_id = auth0_client.writer.id
  audience  = local.audience
  scopes = [
    "read:users", "update:users", "create:users",
    "read:users_app_metadata", "update:users_app_metadata", "create:users_app_metadata",
  ]
}

resource "auth0_flow_vault_connection" "writer" {
  name         = "Progressive Profiling"
  app_id       = "AUTH0"
  account_name = local.domain
  setup = {
    type          = "OAUTH_APP"
    client_id     = auth0_client.writer.client_id
    client_secret = auth0_client_credentials.writer.client_secret
    domain        = local.domain
  }
  depends_on = [auth0_client_grant.writer]
  lifecycle {
    ignore_changes = [account_name]
  }
}

resource "auth0_flow" "save" {
  name = "Update user_metadata"
  actions = jsonencode([{
    id = "update_user", type = "AUTH0", action = "UPDATE_USER", allow_failure = true, mask_output = false
    params = {
      connection_id = auth0_flow_vault_connection.writer.id
      user_id       = "{{context.user.user_id}}"
      changes = { user_metadata = {
        job_title    = "{{fields.job_title}}"
        phone_number = "{{fields.phone_number.international_number}}"
        company_name = "{{fields.company_name}}"
        company_size = "{{fields.company_size}}"
      } }
    }
  }])
}

resource "auth0_form" "profile" {
  name = "Progressive Profiling"
  languages {
    primary = "en"
  }
  start = jsonencode({ next_node = "router", coordinates = { x = 0, y = 0 } })
  nodes = jsonencode([
    {
      id = "router", type = "ROUTER", alias = "Check missing data", coordinates = { x = 500, y = 0 }
      config = {
        rules = [
          {
            id = "missing_job_title", alias = "Missing Profile Data", next_node = "step_job_title"
            condition = { operator = "AND", operands = [
              { operator = "HAS_NO_VALUE", operands = ["{{context.user.user_metadata.job_title}}"] }
            ] }
          },
          {
            id = "missing_company_name", alias = "Missing Company Data", next_node = "step_company_name"
            condition = { operator = "AND", operands = [
              { operator = "HAS_NO_VALUE", operands = ["{{context.user.user_metadata.company_name}}"] }
            ] }
          },
        ]
        fallback = "$ending"
      }
    },
    {
      id     = "save_answers", type = "FLOW", alias = "Save the answers", coordinates = { x = 1500, y = 0 }
      config = { flow_id = auth0_flow.save.id, next_node = "$ending" }
    },
    {
      id = "step_job_title", type = "STEP", alias = "Missing Profile Data", coordinates = { x = 1000, y = 0 }
      config = {
        next_node = "save_answers"
        components = [
          { id = "job_title_rich_text", category = "BLOCK", type = "RICH_TEXT", config = {
          content = "<h2>Tell us about your work</h2><p>Two questions, and you are in.</p>" } },
          { id = "job_title", category = "FIELD", type = "TEXT", label = "Job title", required = true, sensitive = false, config = { multiline = false } },
          { id = "phone_number", category = "FIELD", type = "TEL", label = "Phone (optional)", required = false, sensitive = false, config = { country_picker = true } },
          { id = "job_title_next_button", category = "BLOCK", type = "NEXT_BUTTON", config = { text = "Continue" } },
        ]
      }
    },
    {
      id = "step_company_name", type = "STEP", alias = "Missing Company Data", coordinates = { x = 1000, y = 600 }
      config = {
        next_node = "save_answers"
        components = [
          { id = "company_name_rich_text", category = "BLOCK", type = "RICH_TEXT", config = {
          content = "<h2>And about your company</h2><p>Two last questions, and your profile is complete.</p>" } },
          { id = "company_name", category = "FIELD", type = "TEXT", label = "Company name", required = true, sensitive = false, config = { multiline = false } },
          { id = "company_size", category = "FIELD", type = "DROPDOWN", label = "Company size", required = true, sensitive = false, config = {
          multiple = false, options = [for size in local.sizes : { value = size, label = size }] } },
          { id = "company_name_next_button", category = "BLOCK", type = "NEXT_BUTTON", config = { text = "Continue" } },
        ]
      }
    },
  ])
  ending = jsonencode({ resume_flow = true, coordinates = { x = 2000, y = 0 } })
}

resource "auth0_action" "ask" {
  name    = "Progressive Profiling"
  code    = replace(file(var.code_file), "ap_example", auth0_form.profile.id)
  runtime = "node22"
  deploy  = true
  supported_triggers {
    id      = "post-login"
    version = "v3"
  }
}

resource "auth0_trigger_action" "ask" {
  trigger      = "post-login"
  action_id    = auth0_action.ask.id
  display_name = "Progressive Profiling"
}

resource "auth0_client" "sample" {
  name                = "Sample Application"
  app_type            = "regular_web"
  grant_types         = ["authorization_code", "refresh_token"]
  callbacks           = ["http://localhost:3000/callback"]
  allowed_logout_urls = ["http://localhost:3000"]
  oidc_conformant     = true
  jwt_configuration {
    alg = "RS256"
  }
}

resource "auth0_connection_client" "sample" {
  connection_id = data.auth0_connection.database.id
  client_id     = auth0_client.sample.id
}
